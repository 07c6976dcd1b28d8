// Reads the lanes of a DSP slice's accumulator. Lane (i, j) begins at bit i * A_STEP + j * B_STEP and holds a
// sum of products in two's complement. A negative lane has borrowed one from the lane above; the bit below a
// lane says so, and the one is given back.
module packed_lanes #(
  parameter ROWS       = 1,
  parameter COLUMNS    = 2,
  parameter A_STEP     = 0,
  parameter B_STEP     = 18,
  parameter SLICE_BITS = 48,
  parameter LANE_BITS  = 18
) (
  input  [SLICE_BITS-1:0]             word,
  // Row by row.
  output [ROWS*COLUMNS*LANE_BITS-1:0] lanes
);
  genvar i, j;
  generate
    for (i = 0; i < ROWS; i = i + 1) begin : row
      for (j = 0; j < COLUMNS; j = j + 1) begin : column
        localparam START = i * A_STEP + j * B_STEP;
        localparam LANE  = (i * COLUMNS + j) * LANE_BITS;
        if (START == 0) begin : lowest
          assign lanes[LANE +: LANE_BITS] = word[0 +: LANE_BITS];
        end else begin : above
          wire [LANE_BITS-1:0] borrowed = word[START-1];
          adder #(.BITS(LANE_BITS)) give_back (
            .x(borrowed), .y(word[START +: LANE_BITS]), .sum(lanes[LANE +: LANE_BITS]));
        end
      end
    end
  endgenerate
endmodule
