"""Reading: documents become claims with exact evidence. Nothing heavy is imported before a text is read."""



__all__: list[str] = []
