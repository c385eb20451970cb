"""Whether this process can serve: database, cache and file storage. A search engine that is down is no reason for
red, because search falls back to the database.
"""

import asyncio
from typing import Any

from django.http import HttpRequest, JsonResponse
from health_check.views import HealthCheckView

CHECKS = ("health_check.checks.Database", "health_check.checks.Cache", "health_check.checks.Storage")


class HealthView(HealthCheckView):
    checks = CHECKS

    async def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """{"Database": "OK", …} with 200, or 503 when one of them fails; what went wrong stands in the log only."""
        with self.get_executor() as executor:
            results = await asyncio.gather(*(check.get_result(executor) for check in self.get_checks()))
        states = {type(result.check).__name__: "failed" if result.error else "OK" for result in results}
        return JsonResponse(states, status=503 if "failed" in states.values() else 200)
