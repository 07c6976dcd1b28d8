/** Replays vectors and measurements from outside against the models. */
package macroscope.verify;
