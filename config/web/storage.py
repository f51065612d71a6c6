"""Static files under names that carry their contents, the modules that scripts import included."""
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Django rewrites imports between modules only when asked; without it a browser would keep an old module after a release."""

    support_js_module_import_aggregation = True
