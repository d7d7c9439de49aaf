"""The one Django app: its signals are connected here and nowhere else."""

from django.apps import AppConfig


class PatientInfoConfig(AppConfig):
    """Registers checks and connects signal receivers when every model is loaded."""

    name = "patientinfo"
    label = "patientinfo"
    verbose_name = "Patient information"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from patientinfo import checks, signal_handlers

        checks.register_checks()
        signal_handlers.connect()
