"""Words that keep people away, one file for each language an advert can have; our own compilation.

A line of WORDS is `kind | words; words | what to write instead | innocent words around them`. A word that ends in
* stands for its endings. The kinds are those of hiring.wordcheck. ASKS are what a question to applicants asks about
and should not: `kind | words`.
"""
