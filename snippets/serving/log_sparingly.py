import logging
import time

MOST_LINES = 20
SECONDS = 10.0


class Sparingly(logging.Filter):
    # zh: 错得再多，每十秒也只写二十条，再说明略去了多少。
    # en: Twenty in ten seconds, however much goes wrong; then it
    # zh: 否则写满磁盘的就是日志。
    # en: says how many it left out. Else the log fills the disk.
    since, count = 0.0, 0

    def filter(self, record: logging.LogRecord) -> bool:
        now = time.monotonic()
        if now - self.since > SECONDS:
            missing = self.count - MOST_LINES
            if missing > 0:
                note = f"({missing} lines left out)"
                record.msg = f"{note} {record.msg}"
            self.since, self.count = now, 0
        self.count += 1
        return self.count <= MOST_LINES


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"sparingly": {"()": Sparingly}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["sparingly"],
        }
    },
    "root": {"level": "INFO", "handlers": ["stderr"]},
}
