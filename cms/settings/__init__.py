"""One module for each place the project runs in.

``base`` is what all share. ``dev`` needs nothing but Python packages, ``test`` is ``dev`` made
fast and closed, ``production`` takes everything from the environment and refuses to start on
a setting that is missing or weak. The variables are listed in ``cms.variables``.
"""
