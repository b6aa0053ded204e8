"""What a page costs: its queries, its time, and its time beside a view that only replays the same SQL."""
