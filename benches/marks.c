/* When a process says something: preloaded, it appends to the file $MARKS a line "NUMBER SECONDS" whenever what is written holds the
 * word of that number ($MARK_0, $MARK_1 …) for the first time; the seconds are those of the processor that the process, all its threads
 * together, has used by then. From outside such a clock is known to a few milliseconds only. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 8 };
static int seen[MOST];

static void look(const void *bytes, size_t count) {
  for (int k = 0; k < MOST; k++) {
    char name[] = "MARK_0";
    name[5] = (char)('0' + k);
    const char *word = getenv(name), *path = getenv("MARKS");
    if (!word || !path) return;
    if (seen[k] || !memmem(bytes, count, word, strlen(word))) continue;
    seen[k] = 1;
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (file < 0) continue;
    dprintf(file, "%d %ld.%09ld\n", k, (long)now.tv_sec, now.tv_nsec);
    close(file);
  }
}

ssize_t write(int file, const void *bytes, size_t count) {
  static ssize_t (*real)(int, const void *, size_t);
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, "write");
  if (file <= 2) look(bytes, count);
  return real(file, bytes, count);
}

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file) {
  static size_t (*real)(const void *, size_t, size_t, FILE *);
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, "fwrite");
  if (file == stdout || file == stderr) look(bytes, size * count);
  return real(bytes, size, count, file);
}
