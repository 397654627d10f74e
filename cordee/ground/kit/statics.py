"""Style sheets, scripts and fonts: by their hashed names once collected, by their plain names before."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HouseStatics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A page must show even where nobody ran `collectstatic`: a test, a first start, a tool."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name))) or name)
