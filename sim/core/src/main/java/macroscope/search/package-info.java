/** Search for the best format and unit of each layer, exact where costs and losses are sums over layers. */
package macroscope.search;
