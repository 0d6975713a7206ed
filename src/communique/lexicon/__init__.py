"""Knowledge as data: names of states, organisations, offices, instruments and equipment, each row with an example."""
