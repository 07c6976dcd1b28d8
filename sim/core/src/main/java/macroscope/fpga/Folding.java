package macroscope.fpga;

import macroscope.hardware.Widths;

/**
 * How a matrix-vector unit cuts its matrix: PE rows at a time, SIMD columns of each (FINN, Umuroglu et
 * al., FPGA'17, arXiv 1612.07119, section 4.2).
 *
 * @param pe processing elements: rows at a time
 * @param simd products of a row at a time
 */
public record Folding(int pe, int simd) {
  public Folding {
    Widths.positive("PE", pe);
    Widths.positive("SIMD", simd);
  }
}
