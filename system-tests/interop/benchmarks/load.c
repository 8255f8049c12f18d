/* Asks a registrar over SCTP as fast as it answers, and says how fast that was.
 *
 *   load SERVER OWN PID PHASE...
 *
 * SERVER is the registrar's IPv4 address (port 3863), OWN the one to call from, PID the registrar's
 * process, whose CPU time and memory are read from /proc. A PHASE is one of
 *
 *   -                          reads phases from standard input, one a line, and tells the end of each
 *   fill:N                     calls, and registers N elements, which stay, in pools of 10 to 100
 *   memory:WORD                tells the registrar's resident memory; WORD names the line
 *   warm:OUTSTANDING:S         resolutions and re-registrations until both rates are steady, at most S s
 *   resolve:OUTSTANDING:S      handle resolutions for S seconds
 *   renew:OUTSTANDING:S        re-registrations, unchanged, for S seconds
 *   register:OUTSTANDING:N     N new registrations; their elements leave again, untimed
 *
 * All over one association, since a registrar of rsplib answers strictly in order; so a request's answer
 * is the next one that comes. Keep-alives are answered whenever they come.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/sctp.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { ASAP_PORT = 3863, ASAP_PPID = 11 };
enum { REGISTRATION = 1, DEREGISTRATION, REGISTERED, DEREGISTERED, RESOLUTION, RESOLVED, KEEP_ALIVE, ALIVE };
enum { OUTSTANDING_MAX = 1024, SAMPLES_MAX = 4000000, MESSAGE_MAX = 65536 };

static const char *server;
static int association = -1;
static struct in_addr own;
static long server_process;
static uint32_t pools, elements;
static uint32_t *pool_of; /* of each element, by its number */
static uint32_t latencies[SAMPLES_MAX]; /* in units of 100 ns */

static void die(const char *what) {
  fprintf(stderr, "load: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
  exit(1);
}

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static double server_cpu_s(void) {
  char path[64], line[1024];
  unsigned long user, system;
  snprintf(path, sizeof path, "/proc/%ld/stat", server_process);
  FILE *file = fopen(path, "r");
  if (file == NULL || fgets(line, sizeof line, file) == NULL) die("the server's process is gone");
  fclose(file);
  char *rest = strrchr(line, ')');
  if (sscanf(rest + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
    die("/proc/PID/stat");
  return (user + system) / (double) sysconf(_SC_CLK_TCK);
}

static double own_cpu_s(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
      + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static long server_memory_kib(void) {
  char path[64], line[256];
  long kib = 0;
  snprintf(path, sizeof path, "/proc/%ld/status", server_process);
  FILE *file = fopen(path, "r");
  while (file != NULL && fgets(line, sizeof line, file) != NULL) sscanf(line, "VmRSS: %ld", &kib);
  if (file != NULL) fclose(file);
  return kib;
}

/* Messages. */

static uint8_t *put16(uint8_t *to, uint32_t value) {
  to[0] = value >> 8;
  to[1] = value;
  return to + 2;
}

static uint8_t *put32(uint8_t *to, uint32_t value) {
  return put16(put16(to, value >> 16), value & 0xffff);
}

static uint8_t *put_handle(uint8_t *to, uint32_t pool) {
  char handle[16];
  snprintf(handle, sizeof handle, "pool%04u", pool);
  to = put32(to, 0x0009000c);
  memcpy(to, handle, 8);
  return to + 8;
}

/* Pools have 10, 11, ... 100, 10, 11, ... elements, as long as there are elements. */
static void spread(uint32_t count) {
  pool_of = calloc(count, sizeof *pool_of);
  uint32_t pool = 0, room = 10;
  for (uint32_t i = 0; i < count; i++, room--) {
    if (room == 0) {
      pool++;
      room = 10 + pool % 91;
    }
    pool_of[i] = pool;
  }
  pools = pool + 1;
}

static size_t registration(uint8_t *message, uint32_t element) {
  uint8_t *at = put_handle(put32(message, REGISTRATION << 24 | 56), element < elements ? pool_of[element] : element % pools);
  at = put32(put32(at, 0x000a0028), element + 1);
  at = put32(put32(at, 0), 3600000);
  at = put32(put16(put16(at, 4), 16), 0x1e610001);
  at = put32(at, 0x00010008);
  memcpy(at, &own, 4);
  put32(put32(at + 4, 0x00080008), 1);
  return 56;
}

static size_t deregistration(uint8_t *message, uint32_t element) {
  uint8_t *at = put_handle(put32(message, DEREGISTRATION << 24 | 24), element < elements ? pool_of[element] : element % pools);
  put32(put32(at, 0x000e0008), element + 1);
  return 24;
}

static size_t resolution(uint8_t *message, uint32_t number) {
  put_handle(put32(message, RESOLUTION << 24 | 16), number % pools);
  return 16;
}

/* Keep-alive: header, registrar, handle, perhaps identifier. An identifier is in it as rsplib sends it. */
static size_t alive(uint8_t *message, const uint8_t *keep_alive, size_t size) {
  if (size != 28) die("a keep-alive does not name its element");
  put32(message, (uint32_t) ALIVE << 24 | 24);
  memcpy(message + 4, keep_alive + 8, 20);
  return 24;
}

/* The association. */

static void transmit(const uint8_t *message, size_t size) {
  uint8_t control[CMSG_SPACE(sizeof(struct sctp_sndinfo))] = {0};
  struct iovec data = {(void *) message, size};
  struct msghdr header = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *entry = CMSG_FIRSTHDR(&header);
  entry->cmsg_level = IPPROTO_SCTP;
  entry->cmsg_type = SCTP_SNDINFO;
  entry->cmsg_len = CMSG_LEN(sizeof(struct sctp_sndinfo));
  struct sctp_sndinfo *info = (struct sctp_sndinfo *) CMSG_DATA(entry);
  info->snd_ppid = htonl(ASAP_PPID);
  if (sendmsg(association, &header, 0) != (ssize_t) size) die("send");
}

static void call(void) {
  struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(ASAP_PORT)};
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = own};
  int on = 1;
  inet_pton(AF_INET, server, &there.sin_addr);
  association = socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
  if (association < 0) die("socket");
  if (setsockopt(association, IPPROTO_SCTP, SCTP_NODELAY, &on, sizeof on) != 0) die("no delay");
  if (bind(association, (struct sockaddr *) &here, sizeof here) != 0) die("bind");
  if (connect(association, (struct sockaddr *) &there, sizeof there) != 0) die("connect");
}

/* The next answer of the given type; keep-alives before it are answered. With KEEP_ALIVE for a type, one
 * keep-alive. */
static size_t receive(int type) {
  static uint8_t message[MESSAGE_MAX], answer[64];
  for (;;) {
    ssize_t size = recv(association, message, sizeof message, 0);
    if (size < 4) die("the server has ended the association");
    if (message[0] == KEEP_ALIVE) {
      transmit(answer, alive(answer, message, size));
      if (type == KEEP_ALIVE) return size;
    } else if (message[0] != type || (message[1] & 1)) {
      fprintf(stderr, "load: expected an answer of type %d, but one has type %d, flags %d and %zd bytes\n", type,
              message[0], message[1], size);
      exit(1);
    } else {
      return size;
    }
  }
}

/* Phases. */

typedef size_t Request(uint8_t *message, uint32_t number);

struct outcome {
  uint32_t requests;
  double seconds, server_s, own_s, bytes;
};

static int by_value(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;
  return (x > y) - (x < y);
}

/* Requests numbered from `first` up to `limit` and again, until there were `count` or the time is over. */
static struct outcome run(Request *request, int answer, uint32_t outstanding, uint32_t first, uint32_t limit,
                          uint32_t count, double seconds) {
  static int64_t sent[OUTSTANDING_MAX];
  uint8_t message[64];
  struct outcome outcome = {0};
  uint32_t asked = 0, answered = 0;
  int64_t begin = now_ns(), end = begin + (int64_t) (seconds * 1e9), now = begin;
  double before = server_cpu_s(), self = own_cpu_s();
  for (;;) {
    while (asked - answered < outstanding && asked < count && now < end) {
      sent[asked % OUTSTANDING_MAX] = now_ns();
      transmit(message, request(message, first + asked % (limit - first)));
      asked++;
    }
    if (asked == answered) break;
    outcome.bytes += receive(answer);
    now = now_ns();
    if (answered < SAMPLES_MAX) latencies[answered] = (now - sent[answered % OUTSTANDING_MAX]) / 100;
    answered++;
  }
  outcome.requests = answered;
  outcome.seconds = (now - begin) / 1e9;
  outcome.server_s = server_cpu_s() - before;
  outcome.own_s = own_cpu_s() - self;
  outcome.bytes /= answered;
  return outcome;
}

static void tell(const char *what, uint32_t outstanding, struct outcome o) {
  uint32_t samples = o.requests < SAMPLES_MAX ? o.requests : SAMPLES_MAX;
  qsort(latencies, samples, sizeof *latencies, by_value);
  printf("%-9s %3u outstanding %8.0f/s  p50 %8.1f us  p99 %8.1f us  server %6.3f s/1000 (%3.0f %% of a CPU)"
         "  load %6.3f s/1000 (%3.0f %%)  %5.0f bytes  %u requests\n",
         what, outstanding, o.requests / o.seconds, latencies[samples / 2] / 10.0,
         latencies[(uint32_t) (samples * 0.99)] / 10.0, o.server_s / o.requests * 1000,
         100 * o.server_s / o.seconds, o.own_s / o.requests * 1000, 100 * o.own_s / o.seconds, o.bytes, o.requests);
  fflush(stdout);
}

/* Windows of 2 s each, in pairs, until the best of the last three pairs is hardly better than the three
 * pairs before. */
static void warm(uint32_t outstanding, double seconds) {
  enum { LATELY = 3 };
  double rates[1000][2];
  int64_t begin = now_ns();
  for (int i = 0; i < 1000; i++) {
    struct outcome resolved = run(resolution, RESOLVED, outstanding, 0, pools, UINT32_MAX, 2);
    struct outcome renewed = run(registration, REGISTERED, outstanding, 0, elements, UINT32_MAX, 2);
    rates[i][0] = resolved.requests / resolved.seconds;
    rates[i][1] = renewed.requests / renewed.seconds;
    double so_far = (now_ns() - begin) / 1e9;
    printf("warm      %5.0f s  %6.0f resolutions/s  %6.0f renewals/s\n", so_far, rates[i][0], rates[i][1]);
    fflush(stdout);
    int steady = i + 1 >= 2 * LATELY;
    for (int kind = 0; steady && kind < 2; kind++) {
      double late = 0, before = 0;
      for (int j = 0; j < LATELY; j++) {
        double a = rates[i - j][kind], b = rates[i - LATELY - j][kind];
        late = a > late ? a : late;
        before = b > before ? b : before;
      }
      steady = late < 1.03 * before;
    }
    if (steady || so_far > seconds) return;
  }
}

/* Calls not before it has something to say: registrars do not wait for long. */
static void fill(uint32_t count) {
  call();
  spread(count);
  elements = count;
  tell("fill", 32, run(registration, REGISTERED, 32, 0, count, count, 3600));
}

/* The next line of standard input; keep-alives that come before it are answered. */
static char *command(char *line, int size) {
  struct pollfd sources[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = association, .events = POLLIN}};
  setvbuf(stdin, NULL, _IONBF, 0);
  for (;;) {
    if (poll(sources, 2, -1) < 0) die("poll");
    if (sources[1].revents != 0) receive(KEEP_ALIVE);
    if (sources[0].revents != 0) return fgets(line, size, stdin);
  }
}

static void phase(const char *text) {
  char name[32] = "";
  unsigned first = 0, second = 0;
  if (sscanf(text, "memory:%31s", name) == 1) {
    printf("memory    %s %ld KiB\n", name, server_memory_kib());
  } else if (sscanf(text, "fill:%u", &first) == 1) {
    fill(first);
  } else if (sscanf(text, "warm:%u:%u", &first, &second) == 2) {
    warm(first, second);
  } else if (sscanf(text, "resolve:%u:%u", &first, &second) == 2) {
    tell("resolve", first, run(resolution, RESOLVED, first, 0, pools, UINT32_MAX, second));
  } else if (sscanf(text, "renew:%u:%u", &first, &second) == 2) {
    tell("renew", first, run(registration, REGISTERED, first, 0, elements, UINT32_MAX, second));
  } else if (sscanf(text, "register:%u:%u", &first, &second) == 2) {
    uint32_t limit = elements + second;
    tell("register", first, run(registration, REGISTERED, first, elements, limit, second, 3600));
    run(deregistration, DEREGISTERED, 32, elements, limit, second, 3600);
  } else if (strcmp(text, "-") == 0) {
    char line[64];
    while (command(line, sizeof line) != NULL) {
      line[strcspn(line, "\n")] = 0;
      phase(line);
      printf("end of %s\n", line);
      fflush(stdout);
    }
  } else {
    errno = 0;
    fprintf(stderr, "load: there is no phase '%s'\n", text);
    exit(2);
  }
  fflush(stdout);
}

int main(int count, char **arguments) {
  if (count < 5) {
    fprintf(stderr, "usage: load SERVER OWN PID PHASE...\n");
    return 2;
  }
  inet_pton(AF_INET, arguments[2], &own);
  server_process = atol(arguments[3]);
  server = arguments[1];
  for (int i = 4; i < count; i++) phase(arguments[i]);
  close(association);
  return 0;
}
