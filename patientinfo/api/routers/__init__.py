"""One module for each kind of thing that has addresses. They read, ask the guard and answer."""
