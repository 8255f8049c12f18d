package io.rserpool.house;

import java.util.function.Predicate;

/// One kind of thing that code must not refer to, and what to do instead.
///
/// @param name says which rule it is, in one or two words
/// @param instead what the code should do
/// @param refersToIt whether a reference is of that kind
record Ban(String name, String instead, Predicate<Reference> refersToIt) {}
