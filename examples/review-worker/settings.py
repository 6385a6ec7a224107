import os

LABEL_MODEL = "gpt-6-luna"
# Staging runs on a cheaper model.
REPLY_MODEL = os.getenv("REPLY_MODEL", "gpt-6.1-terra")
