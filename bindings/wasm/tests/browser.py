"""Chromium without a window, driven by the DevTools protocol over pipes; and a server of files for this machine alone."""

import functools
import http.server
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time


# The address of this machine for itself.
LOOPBACK = socket.inet_ntoa(socket.INADDR_LOOPBACK.to_bytes(4, "big"))


def chromium():
    """The path of Chromium, or None."""
    return next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)


class Server:
    """Serves a folder, and notes what is asked for."""

    def __init__(self, folder):
        self.asked = []
        server = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            extensions_map = {
                **http.server.SimpleHTTPRequestHandler.extensions_map,
                ".js": "text/javascript",
                ".wasm": "application/wasm",
            }

            def log_message(self, *_):
                server.asked.append(self.path)

        handler = functools.partial(Handler, directory=folder)
        self.http = http.server.ThreadingHTTPServer((LOOPBACK, 0), handler)
        self.origin = f"http://{LOOPBACK}:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def stop(self):
        self.http.shutdown()
        self.http.server_close()


class Failed(Exception):
    """The browser refused a command, or the page threw an exception."""


class Page:
    """A page in a browser of its own."""

    def __init__(self, url):
        self.folder = tempfile.mkdtemp(prefix="merestone-browser-")
        self.downloads = os.path.join(self.folder, "downloads")
        os.mkdir(self.downloads)
        self.requests = []
        self.errors = []
        # The names of downloads that have begun, by their identifiers, and of those that are complete.
        self.begun = {}
        self.complete = set()
        self.number = 0
        to_read, self.to = os.pipe()
        self.back, to_write = os.pipe()
        options = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--remote-debugging-pipe",
            "--window-size=1000,1400",
            # No name leads anywhere: only addresses of this machine are reached.
            f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {LOOPBACK}",
            f"--user-data-dir={self.folder}/profile",
        ]
        # The protocol's pipes are descriptors 3 and 4 of the browser.
        command = f'exec "$@" 3<&{to_read} 4>&{to_write}'
        self.process = subprocess.Popen(
            ["bash", "-c", command, "bash", chromium(), *options],
            pass_fds=[to_read, to_write],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self.buffer = b""
        target = self.send("Target.createTarget", {"url": "about:blank"})["targetId"]
        self.session = None
        self.session = self.send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        behavior = {"behavior": "allow", "downloadPath": self.downloads, "eventsEnabled": True}
        self.send("Browser.setDownloadBehavior", behavior, of_page=False)
        for domain in ["Page", "Runtime", "Network", "Log", "Accessibility"]:
            self.send(f"{domain}.enable")
        self.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": True})
        self.send("Page.navigate", {"url": url})
        self.wait("document.readyState === 'complete' && document.querySelector('#version')?.textContent !== ''")

    def send(self, method, parameters=None, of_page=True):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters or {}}
        if of_page and getattr(self, "session", None):
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == message["id"]:
                if "error" in answer:
                    raise Failed(f"{method}: {answer['error']}")
                return answer["result"]

    def read(self):
        while b"\0" not in self.buffer:
            part = os.read(self.back, 1 << 16)
            if not part:
                raise Failed("the browser has ended")
            self.buffer += part
        one, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(one)
        parameters = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(parameters["request"]["url"])
            case "Runtime.exceptionThrown":
                self.errors.append(str(parameters["exceptionDetails"]))
            case "Log.entryAdded" if parameters["entry"]["level"] == "error":
                self.errors.append(parameters["entry"]["text"])
            case "Browser.downloadWillBegin":
                self.begun[parameters["guid"]] = parameters["suggestedFilename"]
            case "Browser.downloadProgress" if parameters["state"] != "inProgress":
                name = self.begun.pop(parameters["guid"], None)
                if name and parameters["state"] == "completed":
                    self.complete.add(name)
            case "Target.attachedToTarget" if parameters["targetInfo"]["type"] == "worker":
                # Requests of the worker count, too.
                self.number += 1
                enable = {"id": self.number, "method": "Network.enable", "sessionId": parameters["sessionId"]}
                os.write(self.to, json.dumps(enable).encode() + b"\0")
        return message

    def run(self, expression):
        """The value of an expression of JavaScript, awaited."""
        given = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        result = self.send("Runtime.evaluate", given)
        if "exceptionDetails" in result:
            raise Failed(json.dumps(result["exceptionDetails"]))
        return result["result"].get("value")

    def wait(self, expression, seconds=60):
        end = time.monotonic() + seconds
        while not self.run(expression):
            if time.monotonic() > end:
                raise Failed(f"after {seconds} s it is not true that {expression}")
            time.sleep(0.02)

    def drop(self, *paths):
        """Drags files over the page and drops them."""
        self.run("scrollTo(0, 0)")
        box = self.run("(({x, y}) => ({x: x + 20, y: y + 20}))(document.querySelector('#drop').getBoundingClientRect())")
        data = {"items": [], "files": [os.path.abspath(path) for path in paths], "dragOperationsMask": 1}
        self.run("document.querySelector('#status').textContent = ''")
        for kind in ["dragEnter", "dragOver", "drop"]:
            self.send("Input.dispatchDragEvent", {"type": kind, **box, "data": data})
        self.wait("document.querySelector('#status').textContent !== ''")

    def key(self, key, code):
        for kind in ["keyDown", "keyUp"]:
            text = {"text": "\r"} if key == "Enter" and kind == "keyDown" else {}
            event = {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, **text}
            self.send("Input.dispatchKeyEvent", event)

    def choose(self, selector, value):
        """Sets a select or a field as a user does."""
        self.run(
            f"(() => {{ const field = document.querySelector({json.dumps(selector)});"
            f" if (field.type === 'checkbox') field.checked = {json.dumps(value)}; else field.value = {json.dumps(value)};"
            f" field.dispatchEvent(new Event('change')); }})()"
        )

    def ask(self, question, options=None, seconds=60):
        """Asks a question; returns what the status line says."""
        if self.run("document.querySelector('#question').value") != question:
            self.choose("#question", question)
        for name, value in (options or {}).items():
            self.choose(f"#option-{name}", value)
        self.run("document.querySelector('#ask').click()")
        self.wait("!document.querySelector('#ask').disabled", seconds)
        return self.run("document.querySelector('#status').textContent")

    def downloaded(self, name):
        """Clicks the link that downloads a file, and returns its bytes."""
        path = os.path.join(self.downloads, name)
        if os.path.exists(path):
            os.remove(path)
        self.complete.discard(name)
        self.run(f"document.querySelector('#downloads a[download={json.dumps(name)}]').click()")
        return self.file(path)

    def file(self, path):
        """The bytes of a file once its download is complete: before, the browser holds its name with an empty file."""
        end = time.monotonic() + 30
        while os.path.basename(path) not in self.complete:
            if time.monotonic() > end:
                raise Failed(f"{path} is not complete")
            self.run("0")
            time.sleep(0.02)
        with open(path, "rb") as file:
            return file.read()

    def fault(self):
        """What the page shows of an error; None if it shows none."""
        return self.run(
            "document.querySelector('#fault').hidden ? null : ({message: document.querySelector('#fault-message').textContent,"
            " hint: document.querySelector('#fault-hint').textContent, facts: Object.fromEntries("
            "[...document.querySelectorAll('#fault-facts dt')].map((name) => [name.textContent,"
            " name.nextElementSibling.textContent]))})"
        )

    def names(self):
        return self.run("[...document.querySelectorAll('#files tbody th')].map((cell) => cell.textContent)")

    def close(self):
        try:
            self.send("Browser.close", of_page=False)
        except (Failed, OSError):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.to)
        os.close(self.back)
        shutil.rmtree(self.folder, ignore_errors=True)
