"""A real Elasticsearch server of our own, unzipped from the artifact that Maven fetches; it needs Java 17.

The artifact is Elastic's server without its optional modules (no asciifolding, no synonyms, no scripts): our
index needs none of them, since text is folded in Python.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from ops.place import EngineFailed, Place, give_away

VERSION = "8.19.8"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
ZIP = f".m2/repository/org/elasticsearch/distribution/integ-test-zip/elasticsearch/{VERSION}/elasticsearch-{VERSION}.zip"
OLDEST_JAVA = 17
SETTINGS = """\
cluster.name: gandan-tests
discovery.type: single-node
http.host: 127.0.0.1
http.port: {port}
transport.host: 127.0.0.1
transport.port: 59300-59399
path.data: {data}
path.logs: {logs}
xpack.security.enabled: false
xpack.ml.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""
HEAP = "-Xms512m\n-Xmx512m\n-Xlog:disable\n"
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Elasticsearch:
    title = f"Elasticsearch {VERSION}"
    variable = "SEARCH_URL"

    def __init__(self) -> None:
        self.place = Place("elasticsearch", 59200)
        self.server = self.place.folder / f"elasticsearch-{VERSION}"
        self.pid_file = self.place.folder / "run" / "elasticsearch.pid"

    def missing(self) -> list[str]:
        wanted = []
        if java_home() is None:
            wanted.append(f"Java {OLDEST_JAVA} or newer (Debian: apt-get install default-jre-headless)")
        if not (self.server.exists() or (Path.home() / ZIP).exists() or shutil.which("mvn")):
            wanted.append("Maven, which fetches Elasticsearch (Debian: apt-get install maven)")
        return wanted

    def is_running(self) -> bool:
        return self.place.pid(self.pid_file) is not None

    def launch(self) -> subprocess.Popen[bytes]:
        self.place.open()
        if not self.server.exists():
            unzip(fetched(), self.place.folder)
        configuration = self._configure()
        self.pid_file.unlink(missing_ok=True)
        java = {"ES_JAVA_HOME": str(java_home()), "ES_TMPDIR": str(self.place.writable("tmp"))}
        return self.place.launch(
            [str(self.server / "bin" / "elasticsearch"), "-d", "-p", str(self.pid_file)],
            {**java, "ES_PATH_CONF": str(configuration)},
        )

    def answers(self) -> bool:
        if not self.is_running():
            return False
        try:
            with NO_PROXY.open(f"http://127.0.0.1:{self.place.port}/_cluster/health", timeout=5) as answer:
                return json.load(answer)["status"] in {"green", "yellow"}
        except (OSError, urllib.error.URLError):
            return False

    def url(self) -> str:
        return f"elasticsearch://127.0.0.1:{self.place.port}/gandan"

    def stop(self) -> bool:
        return self.place.stop(self.pid_file, signal.SIGTERM)

    def _configure(self) -> Path:
        """A folder of settings that the server may write to: it keeps its keystore there."""
        self.place.writable("run")
        configuration = self.place.writable("config")
        for name in ("jvm.options", "log4j2.properties"):
            shutil.copy(self.server / "config" / name, configuration)
        (configuration / "jvm.options.d").mkdir(exist_ok=True)
        (configuration / "jvm.options.d" / "heap.options").write_text(HEAP)
        (configuration / "elasticsearch.yml").write_text(
            SETTINGS.format(
                port=self.place.port, data=self.place.writable("data"), logs=self.place.writable("logs")
            )
        )
        for path in configuration.rglob("*"):
            give_away(path)
        return configuration


def fetched() -> Path:
    """The artifact in Maven's own store, fetched by Maven when it is not there yet."""
    path = Path.home() / ZIP
    if path.exists():
        return path
    words = ["mvn", "-B", "-q", "dependency:get", f"-Dartifact={ARTIFACT}", "-Dtransitive=false"]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode or not path.exists():
        raise EngineFailed(
            f"Maven could not fetch {ARTIFACT}:\n{done.stdout.decode(errors='replace').strip()}"
        )
    return path


def unzip(archive: Path, folder: Path) -> None:
    """Unzipped beside its place and then moved, so that a broken attempt is never taken for a server."""
    unfinished = folder / "unzipping"
    shutil.rmtree(unfinished, ignore_errors=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(unfinished)
    (server,) = unfinished.iterdir()
    for program in (server / "bin").iterdir():
        program.chmod(0o755)
    server.rename(folder / server.name)
    unfinished.rmdir()


def java_home() -> Path | None:
    named = [os.environ.get("ES_JAVA_HOME"), os.environ.get("JAVA_HOME")]
    in_path = shutil.which("java")
    homes = [Path(home) for home in named if home] + ([Path(in_path).resolve().parents[1]] if in_path else [])
    return next((home for home in homes if java_release(home) >= OLDEST_JAVA), None)


def java_release(home: Path) -> int:
    try:
        shown = subprocess.run([str(home / "bin" / "java"), "-version"], capture_output=True, check=False)
    except OSError:
        return 0
    found = re.search(r'version "(\d+)', shown.stderr.decode(errors="replace"))
    return int(found[1]) if found else 0
