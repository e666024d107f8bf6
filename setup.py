"""The compiled twins of the hot code; where they cannot be built, the Python ones do the work."""

import os
from multiprocessing import get_start_method
from pathlib import Path

import lxml
from Cython.Build import cythonize
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

TWINS = sorted(map(str, Path("cleaner").rglob("*.pyx")))


class BuildTwins(build_ext):
    """Builds what can be built; setuptools by itself stops where there is no compiler at all."""

    def initialize_options(self) -> None:
        super().initialize_options()
        self.parallel = os.cpu_count()

    def build_extensions(self) -> None:
        if self.compiler.compiler_type == "unix":  # what is for debuggers takes a third of the time
            self.compiler.compiler_so += ["-g0"]
        super().build_extensions()

    def build_extension(self, ext: Extension) -> None:
        try:
            super().build_extension(ext)
        except Exception as error:
            self.warn(f"{ext.name} is not compiled, which costs speed only: {error}")


extensions = [
    Extension(
        str(Path(source).with_suffix("")).replace("/", "."),
        [source],
        include_dirs=lxml.get_include(),
    )
    for source in TWINS
]
# Elsewhere a second process would run this file again.
processes = os.cpu_count() or 1 if get_start_method() == "fork" else 0
twins = cythonize(extensions, nthreads=processes)
for twin in twins:
    twin.optional = True

setup(ext_modules=twins, cmdclass={"build_ext": BuildTwins})
