package macroscope.calibrate;

import macroscope.accuracy.MatrixProduct;

/**
 * A layer's product between its steps and what is added to the result.
 *
 * @param product of the inputs as the steps leave them
 * @param n outputs
 * @param k inputs
 */
record CalibratedProduct(LayerCalibration found, MatrixProduct product, int n, int k)
    implements MatrixProduct {

  @Override
  public double[] multiply(double[] x, int rows, int rowsPerSample) {
    double[] inputs = found.inputs(x, k);
    double[] ranged = found.range().map(range -> range.apply(inputs)).orElse(inputs);
    double[] result = product.multiply(ranged, rows, rowsPerSample).clone();
    double back = found.range().map(StaticRange::scale).orElse(1.0);
    double[] scale = found.outputScale();
    for (int i = 0; i < result.length; i++) {
      result[i] *= scale.length == 0 ? back : back * scale[i % n];
    }
    found.lowRank().ifPresent(correction -> correction.addTo(result, inputs, rows));
    double[] offset = found.offset();
    for (int i = 0; offset.length > 0 && i < result.length; i++) {
      result[i] += offset[i % n];
    }
    return result;
  }
}
