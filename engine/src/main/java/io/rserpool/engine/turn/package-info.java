/// One call of an engine that is made of several duties: the time, where effects go, and what is to
/// be done later. Shared by the packages of the registrar; not part of what the module offers.
@NullMarked
package io.rserpool.engine.turn;

import org.jspecify.annotations.NullMarked;
