"""The web server, read by gunicorn from the folder it starts in.

`PORT` and `WEB_CONCURRENCY` come from the environment; an image binds to all addresses on its command line.
Code is not preloaded: on HUP the new workers read the new code while the old ones finish.
"""

import os
from pathlib import Path

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"  # a slow reader holds a thread, not a worker
threads = 4
timeout = 30  # seconds without a heartbeat
graceful_timeout = 20  # seconds to finish a request after TERM or HUP
keepalive = 5  # seconds
accesslog = "-"
logger_class = "gandan.access_log.AccessLog"
# It would lie in the home folder, which an image does not let us write.
control_socket_disable = True
# The heartbeat files belong in memory, where no slow disk can make a worker look dead.
shared_memory = Path("/dev/shm")  # noqa: S108 (gunicorn makes unpredictable names in it)
if shared_memory.is_dir():
    worker_tmp_dir = str(shared_memory)
