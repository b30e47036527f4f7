#!/usr/bin/env python3
"""A draft command for Fineprint: asks a model behind OpenAI's interface on this machine.

Works with any server that answers POST /v1/chat/completions: llama.cpp, Ollama, vLLM,
LM Studio. In the settings file:

    [draft]
    command = ["python3", "/path/to/draft.py"]
    timeout = "120s"
    env = ["DRAFT_MODEL", "DRAFT_URL"]

DRAFT_MODEL names the model; DRAFT_URL is the server, http://127.0.0.1:8080 by default.
The question comes on standard input, the answer goes to standard output, both JSON.
Needs nothing but Python 3.8.
"""
import json
import os
import sys
import urllib.parse
import urllib.request

LOCAL = {"127.0.0.1", "localhost", "::1"}
MOST = 40000  # characters of clauses that a small model is given


def question(asked):
    """What the model is told, and what it is shown."""
    clauses, size = [], 0
    for clause in asked["clauses"]:
        size += len(clause["old"] or "") + len(clause["new"] or "")
        if clauses and size > MOST:
            break
        clauses.append({key: clause[key] for key in ("n", "kind", "heading", "old", "new")})
    shown = {key: asked[key] for key in ("platform", "type", "fields")}
    shown["clause_types"] = {t["id"]: t["name"] for t in asked["clause_types"]}
    shown["clauses"] = clauses
    return [
        {"role": "system", "content": asked["task"] + "\n\nanswer_schema:\n" + json.dumps(asked["answer_schema"])},
        {"role": "user", "content": json.dumps(shown, ensure_ascii=False)},
    ]


def answer(text):
    """The JSON object in what the model wrote: some put words or fences around it."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        sys.exit("the model answered no JSON")
    return json.loads(text[start : end + 1])


def main():
    server = os.environ.get("DRAFT_URL", "http://127.0.0.1:8080").rstrip("/")
    if urllib.parse.urlparse(server).hostname not in LOCAL:
        sys.exit("DRAFT_URL is not on this machine; change LOCAL in this script if you mean it")
    model = os.environ.get("DRAFT_MODEL")
    if not model:
        sys.exit("DRAFT_MODEL is not set, or is not in env under [draft] in the settings")
    asked = json.load(sys.stdin)
    body = {
        "model": model,
        "messages": question(asked),
        "temperature": 0,
        "response_format": {"type": "json_object"},
    }
    request = urllib.request.Request(
        server + "/v1/chat/completions",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    # No proxy: what is asked stays on this machine.
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=600) as reply:
        said = json.load(reply)["choices"][0]["message"]["content"]
    json.dump(answer(said), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
