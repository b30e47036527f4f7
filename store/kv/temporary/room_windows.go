package temporary

import "golang.org/x/sys/windows"

// freeRoom returns how many bytes may be written in a folder.
func freeRoom(dir string) (bytes int64, known bool) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	var free uint64
	err = windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
	return int64(free), err == nil
}
