/// The commands that use a pool of one of the example services, each by the service's own protocol.
/// What they print is what a person wants to see while servers come and go.
@NullMarked
package io.rserpool.cli.services;

import org.jspecify.annotations.NullMarked;
