// The sums that neighbouring ternary weights can make of as many integers, but for the sum of nothing:
// sum i of the packing, counted without that, lies at sums[i*BITS +: BITS].
//
// PACKING 2, TL1: two weights, 3 (w0 + 1) + (w1 + 1) of nine sums. 3, TL2: three weights, |9 w0 + 3 w1 +
// w2| of fourteen. 4, Sherry: four weights, of which weight p is the only zero: 4 p + 2 s + t, with s
// and t whether the second and third of the others have the sign of the first, which counts plus.
module ternary_sums #(
  parameter PACKING      = 2,
  parameter OPERAND_BITS = 8,
  parameter BITS         = 10,
  // Sums: 8, 13, 16.
  parameter SUMS         = 8
) (
  input  [PACKING*OPERAND_BITS-1:0] operands,
  output [SUMS*BITS-1:0]            sums
);
  wire [PACKING*BITS-1:0] x;
  genvar k;
  generate
    for (k = 0; k < PACKING; k = k + 1) begin : widen
      resize #(.FROM(OPERAND_BITS), .TO(BITS), .SIGNED(1)) operand (
        .number(operands[k*OPERAND_BITS +: OPERAND_BITS]), .resized(x[k*BITS +: BITS]));
    end
  endgenerate
  wire [BITS-1:0] x0 = x[0 +: BITS];
  wire [BITS-1:0] x1 = x[BITS +: BITS];
  generate
    if (PACKING == 2) begin : tl1
      wire [BITS-1:0] plus  = x0 + x1;
      wire [BITS-1:0] minus = x0 - x1;
      assign sums = {plus, x0, minus, x1, -x1, -minus, -x0, -plus};
    end else if (PACKING == 3) begin : tl2
      wire [BITS-1:0] x2    = x[2*BITS +: BITS];
      wire [BITS-1:0] plus  = x1 + x2;
      wire [BITS-1:0] minus = x1 - x2;
      assign sums = {
        x0 + plus, x0 + x1, x0 + minus, x0 + x2, x0, x0 - x2, x0 - minus, x0 - x1, x0 - plus,
        plus, x1, minus, x2};
    end else begin : sherry
      wire [BITS-1:0] x2    = x[2*BITS +: BITS];
      wire [BITS-1:0] x3    = x[3*BITS +: BITS];
      wire [BITS-1:0] alike = x2 + x3;
      wire [BITS-1:0] apart = x2 - x3;
      wire [BITS-1:0] same  = x0 + x1;
      wire [BITS-1:0] other = x0 - x1;
      assign sums = {
        same + x2, same - x2, other + x2, other - x2,
        same + x3, same - x3, other + x3, other - x3,
        x0 + alike, x0 + apart, x0 - apart, x0 - alike,
        x1 + alike, x1 + apart, x1 - apart, x1 - alike};
    end
  endgenerate
endmodule
