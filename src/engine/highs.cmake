# HiGHS compiles 200 files that all include nearly the same headers. In units of 16 files the same code with the same flags costs
# half of the time (benches/RESULTS.md, "Compile time"). Should a new HiGHS clash with itself in a unit, take this away.
set(CMAKE_UNITY_BUILD ON CACHE BOOL "several files in one unit")
set(CMAKE_UNITY_BUILD_BATCH_SIZE 16 CACHE STRING "files in one unit")
