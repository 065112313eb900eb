"""Market information for both sides: facts out to a columnar lake, rankings and volumes back in as read models."""
