/** Number formats, their catalogue, and rounding and overflow: how a real number becomes a code and back. */
package macroscope.format;
