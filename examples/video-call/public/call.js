// SPDX-License-Identifier: Apache-2.0
// One peer connection at a time, to the one other person in the room.
//
// Whoever was in the room first hears "welcome" and makes the offer. An offer always begins a new
// connection; changing a camera or muting needs none, because the two senders stay and only what
// they send is replaced.

const EARLY_CANDIDATES_MAX = 64;

export class Call extends EventTarget {
  #media;
  #stunUrl;
  #send; // (event, payload): to the other one, through the server
  #label = new MediaStream(); // empty: its id tells the other side what belongs together
  #connection = null;
  #channel = null;
  #offeredSdp = '';
  #early = []; // candidates that came before the description they belong to
  #turn = Promise.resolve();

  constructor(media, stunUrl, send) {
    super();
    this.#media = media;
    this.#stunUrl = stunUrl;
    this.#send = send;
    media.addEventListener('change', () => this.#inTurn(() => this.#replaceTracks()));
  }

  // Somebody came into our room.
  welcome() {
    return this.#inTurn(async () => {
      const connection = this.#open();
      this.#useChannel(connection.createDataChannel('chat'));
      for (const kind of ['audio', 'video']) {
        connection.addTransceiver(kind, { direction: 'sendrecv', streams: [this.#label] });
      }
      await this.#replaceTracks();
      await connection.setLocalDescription();
      this.#offeredSdp = connection.localDescription.sdp;
      this.#send('offer', connection.localDescription);
    });
  }

  offer(description) {
    return this.#inTurn(async () => {
      // Both offered at once: the greater text wins, which both sides can tell.
      const isGlare = this.#connection?.signalingState === 'have-local-offer';
      if (isGlare && this.#offeredSdp > description.sdp) return;
      const connection = this.#open();
      connection.addEventListener('datachannel', (event) => this.#useChannel(event.channel));
      await connection.setRemoteDescription(description);
      await this.#addEarlyCandidates();
      for (const transceiver of connection.getTransceivers()) {
        transceiver.direction = 'sendrecv';
        transceiver.sender.setStreams(this.#label);
      }
      await this.#replaceTracks();
      await connection.setLocalDescription();
      this.#send('answer', connection.localDescription);
    });
  }

  answer(description) {
    return this.#inTurn(async () => {
      if (this.#connection?.signalingState !== 'have-local-offer') return;
      await this.#connection.setRemoteDescription(description);
      await this.#addEarlyCandidates();
    });
  }

  ice(candidate) {
    return this.#inTurn(async () => {
      if (candidate === null || candidate.candidate === '') return; // the end of a list
      if (this.#isExpected(candidate)) await this.#connection.addIceCandidate(candidate);
      else if (this.#early.length < EARLY_CANDIDATES_MAX) this.#early.push(candidate);
    });
  }

  // Through the data channel; false if nobody is there.
  say(text) {
    if (this.#channel?.readyState !== 'open') return false;
    this.#channel.send(text);
    return true;
  }

  close() {
    return this.#inTurn(() => this.#hangUp());
  }

  #open() {
    this.#hangUp();
    const connection = new RTCPeerConnection({ iceServers: [{ urls: this.#stunUrl }] });
    this.#connection = connection;
    const remote = new MediaStream();
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate !== null) this.#send('ice', candidate);
    });
    connection.addEventListener('track', ({ track }) => {
      remote.addTrack(track);
      this.dispatchEvent(new CustomEvent('remote', { detail: remote }));
    });
    connection.addEventListener('connectionstatechange', () => {
      if (this.#connection !== connection) return;
      if (connection.connectionState === 'failed') this.close();
      else this.#tell(connection.connectionState);
    });
    this.#tell('connecting');
    return connection;
  }

  #useChannel(channel) {
    this.#channel = channel;
    channel.addEventListener('open', () => this.#tell('chat'));
    channel.addEventListener('message', ({ data }) => {
      this.dispatchEvent(new CustomEvent('message', { detail: String(data) }));
    });
    // It closes when the other one leaves, long before the connection is found to be dead.
    channel.addEventListener('close', () => {
      if (this.#channel === channel) this.close();
    });
  }

  #hangUp() {
    if (this.#connection === null) return;
    this.#connection.close();
    this.#connection = null;
    this.#channel = null;
    this.#offeredSdp = '';
    this.dispatchEvent(new CustomEvent('remote', { detail: null }));
    this.#tell('alone');
  }

  async #replaceTracks() {
    const toSend = { audio: this.#media.audioToSend, video: this.#media.videoToSend };
    const transceivers = this.#connection?.getTransceivers() ?? [];
    await Promise.all(
      transceivers.map(({ sender, receiver }) => sender.replaceTrack(toSend[receiver.track.kind])),
    );
  }

  // Does it belong to the description we have? One of the next offer may come before that offer.
  #isExpected({ usernameFragment }) {
    const sdp = this.#connection?.remoteDescription?.sdp;
    if (sdp === undefined) return false;
    return !usernameFragment || sdp.includes(`a=ice-ufrag:${usernameFragment}\r\n`);
  }

  async #addEarlyCandidates() {
    const early = this.#early;
    this.#early = [];
    for (const candidate of early.filter((c) => this.#isExpected(c))) {
      await this.#connection.addIceCandidate(candidate);
    }
  }

  // One thing after the other: a candidate never overtakes the offer that came before it.
  #inTurn(task) {
    this.#turn = this.#turn.then(task).catch((error) => this.#tell('failed', error));
    return this.#turn;
  }

  #tell(state, error) {
    this.dispatchEvent(new CustomEvent('state', { detail: { state, error } }));
  }
}
