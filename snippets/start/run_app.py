import uvicorn

if __name__ == "__main__":
    uvicorn.run("say_hello:app", port=8000)
