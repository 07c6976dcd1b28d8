/** What every reader of files shares: how a mistake in the user's input is told. */
package macroscope.input;
