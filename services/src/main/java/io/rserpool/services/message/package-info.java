/// What the messages of the demo protocols have in common: a header of type, flags and length,
/// and reading that gives a value or a described fault, never an exception. Knows no protocol.
@NullMarked
package io.rserpool.services.message;

import org.jspecify.annotations.NullMarked;
