/**
 * What a proxy in front of the server says about its client, as values: {@link
 * spyglass.http.proxy.Trust} reads the fields a trusted proxy adds to a request, {@link
 * spyglass.http.proxy.ProxyProtocol} the header some proxies send before the first request. Anyone
 * can write such fields, so they count only when they come from an address in a {@link
 * spyglass.http.proxy.Cidr} list, and by default that list is empty.
 */
@NullMarked
package spyglass.http.proxy;

import org.jspecify.annotations.NullMarked;
