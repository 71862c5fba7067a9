print(squares([1, 2, 3]))
