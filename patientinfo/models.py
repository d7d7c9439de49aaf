"""The shop window: every model of the package, where Django looks for them."""

from patientinfo.channels.models import KeptRendition
from patientinfo.editions.models import (
    CatalogueEntry,
    CatalogueTerm,
    Edition,
    Redaction,
    Withdrawal,
)
from patientinfo.leaflets.approval import ClinicalApproval
from patientinfo.leaflets.approval_task import ClinicalApprovalTask
from patientinfo.leaflets.images import LeafletImage, LeafletRendition
from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.leaflet_parts import ClinicalCode, Contributor, Reference
from patientinfo.leaflets.snippets import Contact, Person, RightsHolder, Topic
from patientinfo.licensing.models import (
    AccessKey,
    Licence,
    LicenceEvent,
    LicenceVersion,
    Licensee,
    UsageCount,
)
from patientinfo.licensing.request_models import (
    Offer,
    OfferConsent,
    PermissionRequest,
    RequestEvent,
)
from patientinfo.translation.desk_models import (
    FindingDismissal,
    SegmentComment,
    TranslationProgress,
)
from patientinfo.translation.glossary_models import GlossaryTerm
from patientinfo.translation.memory_models import (
    MemoryEntry,
    MemoryPosting,
    MemoryUse,
    MemoryWord,
)
from patientinfo.translation.models import EmptiedSegment, SegmentTranslation
from patientinfo.translation.override_models import PartOverride
from patientinfo.translation.release_models import ReleasedDraft
from patientinfo.translation.rights import LanguageRight

__all__ = [
    "AccessKey",
    "CatalogueEntry",
    "CatalogueTerm",
    "ClinicalApproval",
    "ClinicalApprovalTask",
    "ClinicalCode",
    "Contact",
    "Contributor",
    "Edition",
    "EmptiedSegment",
    "FindingDismissal",
    "GlossaryTerm",
    "KeptRendition",
    "LanguageRight",
    "LeafletImage",
    "LeafletIndexPage",
    "LeafletPage",
    "LeafletRendition",
    "Licence",
    "LicenceEvent",
    "LicenceVersion",
    "Licensee",
    "MemoryEntry",
    "MemoryPosting",
    "MemoryUse",
    "MemoryWord",
    "Offer",
    "OfferConsent",
    "PartOverride",
    "PermissionRequest",
    "Person",
    "Redaction",
    "Reference",
    "ReleasedDraft",
    "RequestEvent",
    "RightsHolder",
    "SegmentComment",
    "SegmentTranslation",
    "Topic",
    "TranslationProgress",
    "UsageCount",
    "Withdrawal",
]
