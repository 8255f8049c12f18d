/// What a registrar tells of itself in numbers: counts of its events and the figures of its status, at an
/// HTTP port of its own, in the text formats of Prometheus and OpenMetrics (docs/metrics.md).
///
/// Events come in on the registrar's thread and are only counted there. Everything else happens on
/// threads of this package: no reader, however many or however slow, holds the registrar up, which is
/// asked for its status once a second at most. Labels have few values, all of them known here; nothing
/// that a peer chooses becomes one. It knows nothing of configurations and life cycles.
@NullMarked
package io.rserpool.registrar.metrics;

import org.jspecify.annotations.NullMarked;
