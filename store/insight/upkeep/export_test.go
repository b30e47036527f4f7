package upkeep

// CutSmall makes slices of a few texts.
func CutSmall() { sliceBytes, portionBytes = 8<<10, 4<<10 }
