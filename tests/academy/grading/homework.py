"""An assignment of five questions with data: the master, and answers that are right."""

from tests.academy.grading.small import answer, check, locked, write_master

SETUP = "import numpy as np\nimport pandas as pd\n\ndf = pd.read_csv('data/calls.csv')"
RIGHT = {
    "total": "total = int(df['n'].sum())",
    "load": "def load(calls, aht):\n    return calls * aht / 3600",
    "table": "table = df.groupby('team', as_index=False)['n'].sum()",
    "array": "array = np.cumsum(df['n'].to_numpy())",
    "chart": "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot(df['n'])\nax.set_title('呼入量')",
}
TESTS = {
    "total-test": ("assert total == df['n'].sum()", 2),
    "load-test": ("assert load(100, 180) == 5\nassert load(0, 180) == 0", 3),
    "table-test": (
        "pd.testing.assert_frame_equal(table, df.groupby('team', as_index=False)['n'].sum())",
        4,
    ),
    "array-test": ("np.testing.assert_array_equal(array, np.cumsum(df['n'].to_numpy()))", 5),
    "chart-test": (
        "assert ax.get_title() == '呼入量'\nassert len(ax.lines[0].get_ydata()) == 4",
        6,
    ),
}
FILES = {"data/calls.csv": "team,n\n甲,3\n乙,4\n甲,5\n乙,6\n".encode()}


def write_homework(folder):
    """Write source/<folder name> and read it."""
    cells = [locked(SETUP)]
    for name, source in RIGHT.items():
        test, points = TESTS[f"{name}-test"]
        cells += [answer(name, source), check(f"{name}-test", test, points)]
    return write_master(folder, cells, FILES)


__all__ = ["RIGHT", "write_homework"]
