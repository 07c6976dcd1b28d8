/** Post-training quantization: what is learnt of a network's layers from calibration data. */
package macroscope.calibrate;
