/// The pool element's engine: finds a registrar, registers, keeps the registration alive, answers
/// keep-alives, follows its home registrar, and leaves (RFC 5352 sections 3.1, 3.2, 3.4 and 3.6).
@NullMarked
package io.rserpool.engine.element;

import org.jspecify.annotations.NullMarked;
