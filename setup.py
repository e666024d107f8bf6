"""The compiled twins of the hot code; where they cannot be built, the Python ones do the work."""

import os
from multiprocessing import get_start_method
from pathlib import Path

import lxml
from Cython.Build import cythonize
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

# Module → its source: `_name.pyx`, or `name.py` as it stands, with the types of `_name.pxd`.
TWINS = {path.with_suffix(""): path for path in sorted(Path("cleaner").rglob("*.pyx"))}
for types in sorted(Path("cleaner").rglob("_*.pxd")):
    source = types.with_name(f"{types.stem[1:]}.py")
    if source.exists():
        TWINS.setdefault(types.with_suffix(""), source)

# Cython does not see that such a source depends on types: what is older than any is made anew.
newest = max((types.stat().st_mtime for types in Path("cleaner").rglob("*.pxd")), default=0)
for source in TWINS.values():
    made = source.with_suffix(".c")
    if source.suffix == ".py" and made.exists() and made.stat().st_mtime < newest:
        made.unlink()


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
    Extension(".".join(name.parts), [str(source)], include_dirs=lxml.get_include())
    for name, source in TWINS.items()
]
# Elsewhere a second process would run this file again.
processes = os.cpu_count() or 1 if get_start_method() == "fork" else 0
twins = cythonize(extensions, nthreads=processes)
for twin in twins:
    twin.optional = True

setup(ext_modules=twins, cmdclass={"build_ext": BuildTwins})
