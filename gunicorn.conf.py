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
control_socket_disable = (
    True  # it would lie in the home folder, which an image does not let us write
)
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"  # the heartbeat files, never on a slow disk
