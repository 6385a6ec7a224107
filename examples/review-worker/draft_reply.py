"""Drafts a public reply to a review, for an editor to approve."""

from openai import OpenAI

from settings import REPLY_MODEL

client = OpenAI()


def draft_reply(review: str, product: str) -> str:
    completion = client.chat.completions.create(
        model=REPLY_MODEL,
        max_completion_tokens=250,
        messages=[
            {"role": "system", "content": "You reply to product reviews: thank, address the point, stay under 80 words."},
            {"role": "user", "content": f"Product: {product}\n\nReview: {review}"},
        ],
    )
    return completion.choices[0].message.content


def suggest_title(reply: str) -> str:
    """Kept for the old admin page."""
    completion = client.chat.completions.create(
        model="gpt-4-turbo",
        max_tokens=16,
        messages=[{"role": "user", "content": "Suggest a short title for this reply:\n" + reply}],
    )
    return completion.choices[0].message.content
