import { crc32, inflateRawSync } from 'node:zlib';

import { badRequest } from './server/refusal';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_BYTES = 22;
const UTF8_NAMES = 0x0800;
/** 1 January 1980, the first day that a zip can tell. */
const FIRST_DAY = 0x21;
/** Largest file that is unpacked, in bytes. */
const MAX_FILE = 64 * 1024 * 1024;

/** A zip of text files, by their names, not compressed. */
export function zipOf(files: Readonly<Record<string, string>>): Buffer {
	const bodies: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const [name, text] of Object.entries(files)) {
		const [nameBytes, bytes] = [Buffer.from(name), Buffer.from(text)];
		const about = aboutOf(nameBytes, bytes);
		const local = Buffer.concat([uint32(LOCAL), about, nameBytes, bytes]);
		const further = Buffer.alloc(14);
		further.writeUInt32LE(offset, 10);
		bodies.push(local);
		directory.push(
			Buffer.concat([uint32(CENTRAL), uint16(20), about.subarray(0, 26), further, nameBytes]),
		);
		offset += local.length;
	}
	const list = Buffer.concat(directory);
	const end = Buffer.alloc(END_BYTES);
	end.writeUInt32LE(END, 0);
	end.writeUInt16LE(directory.length, 8);
	end.writeUInt16LE(directory.length, 10);
	end.writeUInt32LE(list.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...bodies, list, end]);
}

/** What both headers of a file have in common: version, flags, method, time, checksum, sizes, lengths. */
function aboutOf(name: Buffer, bytes: Buffer): Buffer {
	const about = Buffer.alloc(26);
	about.writeUInt16LE(20, 0);
	about.writeUInt16LE(UTF8_NAMES, 2);
	about.writeUInt16LE(FIRST_DAY, 8);
	about.writeUInt32LE(crc32(bytes), 10);
	about.writeUInt32LE(bytes.length, 14);
	about.writeUInt32LE(bytes.length, 18);
	about.writeUInt16LE(name.length, 22);
	return about;
}

function uint16(value: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16LE(value);
	return bytes;
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

/**
 * The files of a zip as text, by their names.
 *
 * @throws Refusal (400) when it is no zip, or one that is packed in another way than usual
 */
export function unzip(zip: Buffer): Map<string, string> {
	try {
		return readEntries(zip);
	} catch (error) {
		throw badRequest(`the content is no zip: ${error instanceof Error ? error.message : error}`);
	}
}

function readEntries(zip: Buffer): Map<string, string> {
	const end = zip.lastIndexOf(uint32(END));
	if (end < 0) throw new Error('it has no directory');
	const files = new Map<string, string>();
	let at = zip.readUInt32LE(end + 16);
	for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
		if (zip.readUInt32LE(at) !== CENTRAL) throw new Error('its directory is broken');
		const method = zip.readUInt16LE(at + 10);
		const packedBytes = zip.readUInt32LE(at + 20);
		const nameBytes = zip.readUInt16LE(at + 28);
		const furtherBytes = zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
		const name = zip.toString('utf8', at + 46, at + 46 + nameBytes);
		const packed = packedFile(zip, zip.readUInt32LE(at + 42), packedBytes);
		files.set(name, unpack(method, packed).toString('utf8'));
		at += 46 + nameBytes + furtherBytes;
	}
	return files;
}

function packedFile(zip: Buffer, at: number, bytes: number): Buffer {
	if (zip.readUInt32LE(at) !== LOCAL) throw new Error('a file of its directory is missing');
	const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
	return zip.subarray(start, start + bytes);
}

function unpack(method: number, packed: Buffer): Buffer {
	if (method === 0) return packed;
	if (method === 8) return inflateRawSync(packed, { maxOutputLength: MAX_FILE });
	throw new Error(`packing method ${method} is not known`);
}
