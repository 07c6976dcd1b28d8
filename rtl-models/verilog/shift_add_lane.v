// An integer times a weight that is a sum of at most POWERS powers of two: shifted by each of them and
// added, negated with the weight. The CUT lowest places of each shifted one are dropped, toward minus
// infinity.
//
// A weight is coded as its sign above POWERS fields, each a bit that says whether there is such a power
// above its place.
module shift_add_lane #(
  parameter A_BITS       = 8,
  parameter A_SIGNED     = 1,
  parameter POWERS       = 2,
  parameter PLACE_BITS   = 3,
  parameter CUT          = 0,
  parameter PRODUCT_BITS = 16
) (
  input  [A_BITS-1:0]                a,
  input  [POWERS*(PLACE_BITS+1):0]   weight,
  output [PRODUCT_BITS-1:0]          product
);
  localparam FIELD_BITS = PLACE_BITS + 1;
  localparam WIDE       = PRODUCT_BITS + CUT;
  localparam SUM_BITS   = PRODUCT_BITS + $clog2(POWERS);

  wire signed [WIDE-1:0] wide;
  resize #(.FROM(A_BITS), .TO(WIDE), .SIGNED(A_SIGNED)) widen (.number(a), .resized(wide));

  wire [POWERS*PRODUCT_BITS-1:0] terms;
  genvar i;
  generate
    for (i = 0; i < POWERS; i = i + 1) begin : power
      wire                  present = weight[i*FIELD_BITS+PLACE_BITS];
      wire [PLACE_BITS-1:0] place   = weight[i*FIELD_BITS +: PLACE_BITS];
      wire signed [WIDE-1:0] shifted = wide << place;
      wire signed [WIDE-1:0] cut     = shifted >>> CUT;
      assign terms[i*PRODUCT_BITS +: PRODUCT_BITS] =
          cut[PRODUCT_BITS-1:0] & {PRODUCT_BITS{present}};
    end
  endgenerate

  wire [SUM_BITS-1:0] sum;
  adder_tree #(.TERMS(POWERS), .BITS(PRODUCT_BITS), .SIGNED(1)) add (.terms(terms), .sum(sum));
  wire negative = weight[POWERS*FIELD_BITS];
  assign product = (sum[PRODUCT_BITS-1:0] ^ {PRODUCT_BITS{negative}}) + negative;
endmodule
