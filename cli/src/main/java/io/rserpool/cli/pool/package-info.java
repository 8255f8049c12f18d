/// Commands that ask a registrar about a pool, or have it do something about one element: resolve,
/// watch, report, remove and drain (RFC 5352 sections 2.2.2, 2.2.5 and 2.2.9).
@NullMarked
package io.rserpool.cli.pool;

import org.jspecify.annotations.NullMarked;
