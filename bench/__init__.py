"""
`make bench`: how fast leaflets are read, and what their translation and their forms cost, beside
what a reader of this field would compare with.

    __main__      options, and the run from beginning to end
    installation  a database of its own, filled through the real publish path (`fill`)
    settings      production's settings, and Wagtail's API where a server is to offer it
    runs          each database filled, served and measured in turn
    servers       granian as `make run` and production start it, on loopback
    contenders    who is measured on which reads, and what their answers must say
    load          keep-alive connections: by wrk where it is installed, else by `client`
    summary       medians and ratios; pure
    report        the table in docs/benchmarks.md
    machine       what the numbers were made on
    translation   the second part: what the work on translations costs
    channels      the third part: renditions a second, paper, bundles

Imports the product and the sample; nothing imports this.
"""
