// SPDX-License-Identifier: Apache-2.0
// Our own camera and microphone: which one, on or off, and what may be sent now.

const SIZE = { width: { ideal: 640 }, height: { ideal: 360 } };

// Sentences for the ways in which a browser says no.
const REFUSALS = {
  NotAllowedError: 'The browser may not use the camera or microphone. Allow it beside the address.',
  NotFoundError: 'No camera or microphone was found.',
  NotReadableError: 'Another program is using the camera or microphone.',
  OverconstrainedError: 'There is no such camera.',
};

export class LocalMedia extends EventTarget {
  #cameraTrack = null;
  #microphoneTrack = null;
  #isMuted = false;
  #wantsCamera = true;
  #chosen = { facingMode: 'user' }; // a phone begins with the camera that looks at you
  #turn = Promise.resolve();

  // What the other side may get now. A muted microphone is not sent as silence: it is not sent.
  get videoToSend() {
    return this.#cameraTrack;
  }

  get audioToSend() {
    return this.#isMuted ? null : this.#microphoneTrack;
  }

  get isMuted() {
    return this.#isMuted || this.#microphoneTrack === null;
  }

  get isCameraOn() {
    return this.#cameraTrack !== null;
  }

  get runningCameraId() {
    return this.#cameraTrack?.getSettings().deviceId ?? '';
  }

  // Front and back are offered where cameras say which way they look, which is on phones.
  get hasFacingCameras() {
    return (this.#cameraTrack?.getCapabilities?.().facingMode ?? []).length > 0;
  }

  // Asks for both; if that fails, for each alone, so that one missing device does not take the
  // other away. Ends with what could be had, and tells what could not.
  open() {
    return this.#inTurn(async () => {
      if (navigator.mediaDevices === undefined) {
        this.#tell('Camera and microphone need HTTPS (or http://127.0.0.1).');
        return;
      }
      const both = await this.#ask({ audio: true, video: { ...SIZE, ...this.#chosen } });
      const audio = both ?? (await this.#ask({ audio: true }));
      const video = both ?? (await this.#ask({ video: { ...SIZE, ...this.#chosen } }));
      this.#microphoneTrack = audio?.getAudioTracks()[0] ?? null;
      this.#useCamera(video?.getVideoTracks()[0] ?? null);
      this.#changed();
    });
  }

  setMuted(isMuted) {
    return this.#inTurn(() => {
      this.#isMuted = isMuted;
      if (this.#microphoneTrack !== null) this.#microphoneTrack.enabled = !isMuted;
      this.#changed();
    });
  }

  // Off means off: the track is stopped, and the camera's light goes out.
  setCamera(isOn) {
    return this.#inTurn(async () => {
      this.#wantsCamera = isOn;
      if (isOn) await this.#startCamera();
      else this.#stopCamera();
      this.#changed();
    });
  }

  // While the camera is off the choice is only remembered: no picture leaves before it is on.
  choose(constraint) {
    return this.#inTurn(async () => {
      this.#chosen = constraint;
      if (!this.#wantsCamera) return;
      this.#stopCamera(); // first: a phone cannot open two cameras at once
      await this.#startCamera();
      this.#changed();
    });
  }

  close() {
    return this.#inTurn(() => {
      this.#stopCamera();
      this.#microphoneTrack?.stop();
      this.#microphoneTrack = null;
      this.#changed();
    });
  }

  async #startCamera() {
    const stream = await this.#ask({ video: { ...SIZE, ...this.#chosen } });
    this.#useCamera(stream?.getVideoTracks()[0] ?? null);
  }

  #stopCamera() {
    this.#cameraTrack?.stop();
    this.#cameraTrack = null;
  }

  #useCamera(track) {
    this.#cameraTrack = track;
    track?.addEventListener('ended', () => {
      if (this.#cameraTrack !== track) return; // unplugged, or taken away by the browser
      this.#cameraTrack = null;
      this.#changed();
    });
  }

  async #ask(constraints) {
    try {
      return await navigator.mediaDevices.getUserMedia(constraints);
    } catch (error) {
      this.#tell(REFUSALS[error.name] ?? `Camera or microphone: ${error.message}`);
      return undefined;
    }
  }

  // One thing after the other, however fast the buttons are pressed.
  #inTurn(task) {
    this.#turn = this.#turn.then(task);
    return this.#turn;
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  #tell(sentence) {
    this.dispatchEvent(new CustomEvent('trouble', { detail: sentence }));
  }
}
