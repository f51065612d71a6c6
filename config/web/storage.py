"""Static files under names that carry their contents, the modules that our scripts import included."""
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Django rewrites imports between modules only when asked; without it a browser would keep an old module after a release.

    Only our own scripts are rewritten: a package's may import what it does not ship.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1])
