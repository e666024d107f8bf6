"""The compiled twins of the hot code; where they cannot be built, the Python ones do the work."""

from pathlib import Path

import lxml
from Cython.Build import cythonize
from setuptools import Extension, setup

TWINS = sorted(map(str, Path("cleaner").rglob("*.pyx")))

setup(
    ext_modules=cythonize(
        [
            Extension(
                str(Path(source).with_suffix("")).replace("/", "."),
                [source],
                include_dirs=lxml.get_include(),
                optional=True,
            )
            for source in TWINS
        ]
    )
)
