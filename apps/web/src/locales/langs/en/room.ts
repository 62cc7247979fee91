import type { room as zh } from '../zh-cn/room.js';

export const room: typeof zh = {
  room: {
    title: 'Evaluation room',
    check: 'Device check',
    preview: 'Preview of this seat',
    camera: 'Camera',
    microphone: 'Microphone',
    level: 'Level',
    ownChoice: "The browser's choice",
    recorded: 'Sound and picture are recorded from here on; this site keeps them encrypted as evidence.',
    noDevice: 'Camera or microphone cannot be opened ({reason}). Check the devices and the permission of the browser, then try again.',
    enter: 'Enter the room',
    leave: 'Leave',
    me: 'This seat',
    microphoneOff: 'Mute',
    microphoneOn: 'Unmute',
    cameraOff: 'Camera off',
    cameraOn: 'Camera on',
    shareScreen: 'Record the desktop',
    screenShared: 'Desktop is recorded',
    notSeated: 'You have no seat of this lot at this site. A room opens only at the site of the seat.',
    alone: 'Each member judges alone now: seats neither hear nor see each other; the recording goes on.',
    status: { out: 'not in the room', joining: 'entering', in: 'recording', lost: 'line lost, coming back by itself' },
  },
};
