"""The collections workbench: people, the ledger they look after, and what is done about it.

Each package is a room on a floor, and a room imports only rooms below it:

    screens | api
    jobs
    privacy
    reports
    chase | systems
    holds
    dunning | forecasting
    segmentation
    behaviour
    contact | intake
    correspondence
    activity
    ledger
    people
    lib | runtime

Facts lie low, what is derived from them lies high. Neighbours on one floor are strangers.
"""
