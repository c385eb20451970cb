"""How much of an upload is read at all: what is too large is let go by while it comes in, and the words are kept."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.utils.functional import Promise as LazyText

from feedback.attachments import MOST_BYTES, MOST_FILES, TOO_HEAVY, TOO_MANY


class Quota(FileUploadHandler):
    """Stands before Django's own handlers. `refused` says why files were let go by."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.refused: list[LazyText | str] = []
        self._files = self._bytes = 0

    @classmethod
    def of(cls, request: HttpRequest) -> "Quota":
        """For a view that has not looked at the form yet."""
        quota = cls(request)
        request.upload_handlers.insert(0, quota)
        return quota

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._files, self._bytes = self._files + 1, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk for the next handler; None lets it go by, and does no harm to the files before this one."""
        self._bytes += len(raw_data)
        why = TOO_MANY if self._files > MOST_FILES else TOO_HEAVY if self._bytes > MOST_BYTES else None
        if why is None:
            return raw_data
        if why not in self.refused:
            self.refused.append(why)
        return None

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""
