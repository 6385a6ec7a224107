"""Labels yesterday's product reviews. Cron runs it at 03:00."""

import csv
import json
import sys

from openai import OpenAI

from settings import LABEL_MODEL

client = OpenAI()

INSTRUCTIONS = """You label product reviews of an outdoor shop.
Return a JSON object with these fields:
- sentiment: "positive", "neutral" or "negative"
- aspects: the aspects that are mentioned, from "fit", "quality", "price", "delivery", "service"
- defect: true where the review reports a fault of the product
"""


def label(review: str) -> dict:
    completion = client.chat.completions.create(
        model=LABEL_MODEL,
        max_completion_tokens=120,
        response_format={"type": "json_object"},
        messages=[
            {"role": "system", "content": INSTRUCTIONS},
            {"role": "user", "content": review},
        ],
    )
    return json.loads(completion.choices[0].message.content)


def main(source: str, target: str) -> None:
    with open(source, newline="") as rows, open(target, "w") as out:
        for row in csv.DictReader(rows):
            translation = client.chat.completions.create(
                model=LABEL_MODEL,
                max_completion_tokens=600,
                messages=[{"role": "user", "content": f"Translate this review to English:\n\n{row['text']}"}],
            )
            text = translation.choices[0].message.content
            out.write(json.dumps({"id": row["id"], **label(text)}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
